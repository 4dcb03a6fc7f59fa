"""The mini program: who it is on the phone, ways into its pages, safe words, shipping.

`login` tells who it is; `links` are the codes and links that lead in; `shipping` is the compulsory
information without which a trading program's money stays frozen; `safety` checks words. Its
tokens, notices and customer chat are those of `sandbox.official`, which puts all behind the door.
"""
