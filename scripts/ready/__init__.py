"""What set-up knows about interpreters, web packages, browsers and system packages. It is run by whatever
`python3` a fresh machine has, hence the standard library only and no syntax newer than Python 3.8. Not
part of the product."""
