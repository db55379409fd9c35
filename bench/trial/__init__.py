"""Two hours of a hall with two real displays, visitors in real time, and faults on purpose.

people     clerks and visitors: a mall's rate, and a rush that brings a backlog
displays   Chromium showing the hall, as a TV does; one of them started by the generated script
browser    the DevTools protocol, to read what a page does
hook.js    what a display really plays, told from inside its page
proxy      the network between a display and the server, which can be pulled
faults     when the server is killed, a network pulled, a browser crashed
checks     the journal's proof held against what the displays played
report     figures, words and a plot
"""
