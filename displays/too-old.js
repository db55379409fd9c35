// Runs only where modules do not (before Chromium 61), so in the words of 2009.
document.getElementById("too-old").removeAttribute("hidden");
