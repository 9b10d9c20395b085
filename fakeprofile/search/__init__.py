"""Public image search: the services, what they are asked, and what they answer.

In reading order: what every service is (``service``), one module for each of them, which there are
(``catalogue``), what is asked and what that costs (``plan``), and the answers that were kept
(``cache``). Result pages that a user saved are read in ``saved``; ``handoff`` knows the pages of
the engines that a browser opens.
"""
