// What every page loads: htmx, told never to write a style element or evaluate text, as the CSP demands,
// and a few small comforts. Every page works without this file.

import htmx from "htmx.org";

import { followDetails } from "./page/details";
import { hearEarlyTyping } from "./page/early_typing";
import { forgiveGivenUp } from "./page/given_up";
import { offerOwnZone } from "./page/own_zone";
import { followShortcuts } from "./page/shortcuts";
import { explainTerms } from "./page/terms";
import { followTheme } from "./page/theme";
import { followUnitSearch } from "./page/unit_search";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
// Pages hold figures a person may see only while signed in: nothing of them stays in the browser's storage.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

document.documentElement.dataset.script = "";
forgiveGivenUp(document, htmx);
hearEarlyTyping(document);
followDetails(document);
followTheme(document);
followUnitSearch(document);
followShortcuts(document);
offerOwnZone(document);
void explainTerms(document);
