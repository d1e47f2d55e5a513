"""WhatsApp numbers: connecting them, their access tokens, and whether they work.

token = access_token(channel, vault)                  # api.channel.token: what a channel asks Meta with
note_trouble(session, channel_id, refused.as_json())  # api.channel.health: Meta refuses this number's token or account
"""
