from django.core.exceptions import ValidationError


# region validation
def validate_isbn(value: str) -> None:
    if len(value) != 13 or not (value.isascii() and value.isdigit()):
        raise ValidationError("An ISBN has 13 digits.")
    if not value.startswith(("978", "979")):
        raise ValidationError("An ISBN begins with 978 or 979.")
    if sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(value)) % 10:
        raise ValidationError("The last digit does not fit the others.")


# endregion
