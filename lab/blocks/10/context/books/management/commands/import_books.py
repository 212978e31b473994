def import_books_from_csv(csv_file):
    pass

