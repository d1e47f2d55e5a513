"""`satyasell simulator`: a WhatsApp to talk to, with a Graph API for the service and a phone for its customers.

It stands for Meta in the demo, in tests and on a laptop: it checks what the service sends as Meta does, delivers what
customers write by signed webhooks, and forgets everything when it ends. It imports nothing of `api.sending`, so that
each checks the other.
"""
