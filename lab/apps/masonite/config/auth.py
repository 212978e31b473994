GUARDS = {"default": "web", "web": {}}
