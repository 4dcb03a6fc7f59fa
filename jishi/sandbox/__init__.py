"""The sandbox: a WeChat that runs here.

It speaks the public protocol from WeChat's side, as strictly as WeChat, with a clock that can be
wound, faults that can be armed, and a phone. It answers in one transaction a call, not by acts: it
plays another house, and knows only ports, pages and the kernel.
"""
