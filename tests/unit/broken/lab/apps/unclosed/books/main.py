# region routing
x = 1
