"""The hall: its displays, what they say, and in which order.

arbiter   one for each zone: whose turn it is, who says it, what to do when nobody answers; pure
turn      what is said now, and who was asked to
actions   what an arbiter wants to be done
saying    a turn in words: the request to the voice, the frame to the display; pure
budget    how much of one display the journal takes; pure
displays  their sockets, what they told, and what the journal has of them
notes     what is told brought into the journal
tasks     what of it runs beside the rest of the server
runner    `Hall`: arbiters, voice and the devices' sockets brought together
ports     what it needs of the voice and of sockets
"""
