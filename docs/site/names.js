// Long names may break behind an underscore or slash: tables fit narrow screens then.
"use strict";

window.addEventListener("load", () => {
    for (const element of document.querySelectorAll("main :not(pre) > code, main h3 a, .sidebar ol a")) {
        for (const node of [...element.childNodes]) {
            if (node.nodeType !== Node.TEXT_NODE || !/[_/]/.test(node.data)) continue;
            const parts = node.data.split(/(?<=[_/])(?=[^_/])/);
            node.replaceWith(...parts.flatMap((part, index) => (index ? [document.createElement("wbr"), part] : [part])));
        }
    }
});
