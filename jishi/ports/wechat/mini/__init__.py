"""The mini program from our side: it calls as an official account does, with its own `Account`.

Its pushes are opened by `official.open_push`, its customer-service messages are sent by
`official.customer_messages`, its templates chosen by `official.notices`.
"""
