// What every page loads: htmx, told never to write a style element or evaluate text, as the CSP demands.

import htmx from "htmx.org";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
