"""The blueprint 蓝图: everything a workspace can change, as one typed, versioned document.

It defines objects, fields, layouts, processes, roles and rules, checks them, and turns a change into a plan of
DDL. It knows no records and no request; what a definition means at run time is the business of later packages.
"""
