"""What an account writes: media, drafts, and articles that anybody can read.

`media` are uploaded for three days or for ever; `drafts` are filtered as WeChat filters them;
`publish` makes articles of a draft, and `reading` shows them and counts who read and shared.
`sandbox.official` puts all behind the door.
"""
