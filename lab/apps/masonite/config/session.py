DRIVERS = {"default": "cookie", "cookie": {}}
