"""WeChat as a port: the official account, the mini program and Pay v3, from our side."""
