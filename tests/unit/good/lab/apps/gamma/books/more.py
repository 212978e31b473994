from alpha import Other

other = Other()
