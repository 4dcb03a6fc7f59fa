// How far each store is, on request: the position stays in this browser. Nearest first.
(() => {
  const lists = [...document.querySelectorAll("[data-stores]")].filter(
    (list) => list.querySelector("[data-latitude]"),
  );
  const template = document.getElementById("near");
  if (!template || !lists.length || !navigator.geolocation) return;
  const button = template.content.querySelector("button");
  lists[0].before(template.content);

  // Chinese maps show GCJ-02, phones tell WGS 84; half a kilometre lies between them. The
  // approximation is the public one (A = 6378245 m, EE = 0.00669342162296594323), in China only.
  const A = 6378245;
  const EE = 0.006693421622965943;
  const sin = (value) => Math.sin(value * Math.PI);
  const bend = (x, value, ends) =>
    ((20 * sin(6 * x) + 20 * sin(2 * x)) + (20 * sin(value) + 40 * sin(value / 3))
      + ends[0] * sin(value / 12) + ends[1] * sin(value / 30)) * 2 / 3;
  const asOnMaps = (latitude, longitude) => {
    if (longitude < 72 || longitude > 137.9 || latitude < 0.8 || latitude > 55.9)
      return [latitude, longitude];
    const x = longitude - 105;
    const y = latitude - 35;
    const root = Math.sqrt(Math.abs(x));
    const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
      + bend(x, y, [160, 320]);
    const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
      + bend(x, x, [150, 300]);
    const radians = (latitude * Math.PI) / 180;
    const magic = 1 - EE * Math.sin(radians) ** 2;
    return [
      latitude + (north * 180) / (((A * (1 - EE)) / (magic * Math.sqrt(magic))) * Math.PI),
      longitude + (east * 180) / ((A / Math.sqrt(magic)) * Math.cos(radians) * Math.PI),
    ];
  };

  // Metres along the sphere (haversine).
  const apart = ([north, east], store) => {
    const rad = Math.PI / 180;
    const dNorth = (Number(store.dataset.latitude) - north) * rad;
    const dEast = (Number(store.dataset.longitude) - east) * rad;
    const h = Math.sin(dNorth / 2) ** 2 + Math.cos(north * rad)
      * Math.cos(Number(store.dataset.latitude) * rad) * Math.sin(dEast / 2) ** 2;
    return 2 * 6371008.8 * Math.asin(Math.sqrt(h));
  };

  const said = (metres) => (metres < 1000
    ? button.dataset.meters.replace("{n}", Math.max(50, Math.round(metres / 50) * 50))
    : button.dataset.kilometers.replace("{n}", (metres / 1000).toFixed(metres < 10000 ? 1 : 0)));

  const show = ({ coords }) => {
    const here = asOnMaps(coords.latitude, coords.longitude);
    for (const list of lists) {
      const far = [...list.querySelectorAll("[data-latitude]")].map((store) => {
        const metres = apart(here, store);
        const note = store.querySelector("[data-far]") || document.createElement("small");
        note.dataset.far = "";
        note.textContent = ` ${said(metres)}`;
        store.querySelector("b").append(note);
        return [metres, store];
      });
      far.sort(([one], [other]) => other - one);
      for (const [, store] of far) list.querySelector("legend").after(store);
    }
    button.parentElement.remove();
  };
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(show, () => {
      button.parentElement.textContent = button.dataset.unknown;
    }, { timeout: 10000, maximumAge: 300000 });
  });
})();
