"""Files of messages: fetched from Meta, kept by their content, shown to agents, given to Meta to be sent.

expect_files(session, channel, rows)              # api.media.incoming: messages came with files; in their transaction
MetaFiles(...).meta_media_id(channel_id, media_id)  # api.media.outgoing: Meta's id of a file, to be sent with
"""
