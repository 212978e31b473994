# region first-response
print('Hello')
# endregion
