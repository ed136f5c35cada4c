"""Sites unlike the example: each module has the settings of one."""
