"""Whole pages, kept for visitors of whom nothing is known.

    asking      what of a request decides the page: the key, or that there is none
    pages       which views answer everybody alike, and the queries that they read
    drawing     a page drawn for its key alone, and whether it may be kept
    keeping     memory of the process, the cache of all processes
    edition     one number for all that visitors see; another one drops every page
    watching    statements that write to a table which visitors see change the edition
    shown       which tables those are
    same_origin forms on kept pages carry no token: the browser's word where they come from
    lookup      a request's key, and how its answer is wanted
    early       what is in memory, answered before Django begins a request (`shop.wsgi`)
    middleware  the first of all; counting what it did

A page is drawn from its key only: cookies, headers and query that are no part of the key are taken
off the request first. What is not known while drawing cannot be in the page.
"""
