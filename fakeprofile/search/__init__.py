"""Public image search: the services, what they are asked, and what they answer.

In reading order: what every service is (``service``), what a photo becomes before it leaves the machine
(``question``), one module for each service, which there are (``catalogue``), what would be asked and what
that costs (``plan``), and asking it (``asking``). Under the services lie one request (``exchange``), JSON
that is not trusted (``fields``) and its rows (``rows``); beside them the keys (``keys``), the answers that
were kept (``cache``) and the guard around strangers' code (``guard``). Result pages that a user saved are
read in ``saved``; ``handoff`` knows the pages of the engines that a browser opens.
"""
