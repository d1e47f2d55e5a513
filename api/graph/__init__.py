"""Meta's Graph API: the one client that speaks with it, its errors, and what to do about each of them.

    graph = GraphClient.of(settings)                                     # one a process, for all threads
    number = graph.get("106540352242922", token=token, fields="verified_name,quality_rating")
    for template in graph.pages("102290129340398/message_templates", token=token):
        ...

Every method raises a `GraphError`: `GraphRefused` with Meta's code and an `Advice`, `GraphUnreachable` where
nothing was done, `GraphUncertain` where nobody knows whether it was.
"""
