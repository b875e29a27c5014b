"""The review page: a small local web application over `zhengwen.review.bench` and `zhengwen.review.shelf`.

`guard` decides which requests are let in, `app` has the addresses, `server` runs it, `page/` is what a browser loads.
"""
