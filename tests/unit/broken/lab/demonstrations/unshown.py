def it_fails(:
    pass
