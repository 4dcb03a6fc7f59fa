// How long the page's largest part took, told once, when the page is left.
(() => {
  let ms = 0;
  try {
    new PerformanceObserver((seen) => { ms = seen.getEntries().at(-1).startTime; })
      .observe({ type: "largest-contentful-paint", buffered: true });
  } catch {}
  const tell = () => {
    ms ||= performance.getEntriesByType("navigation")[0]?.loadEventEnd;
    if (ms > 0) navigator.sendBeacon("/seen", JSON.stringify({ path: location.pathname, ms }));
    ms = -1;
  };
  addEventListener("visibilitychange", () => document.hidden && tell());
  addEventListener("pagehide", tell);
})();
