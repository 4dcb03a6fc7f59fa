// Reading QR codes from pictures.

const load = () => load.once ??= new Promise((done, failed) => {
  const script = document.createElement("script");
  script.src = `${document.body.dataset.static}/jsQR.js`;
  script.onload = () => done(window.jsQR);
  script.onerror = failed;
  document.head.append(script);
});

const SIDE_MAX = 1400;
const SIDE_MIN = 600;

const drawn = async (file) => {
  const address = URL.createObjectURL(file);
  const picture = new Image();
  picture.src = address;
  await picture.decode().finally(() => URL.revokeObjectURL(address));
  const side = Math.max(picture.naturalWidth, picture.naturalHeight) || SIDE_MIN;
  const wanted = Math.min(SIDE_MAX, Math.max(SIDE_MIN, side)) / side;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round((picture.naturalWidth || SIDE_MIN) * wanted);
  canvas.height = Math.round((picture.naturalHeight || SIDE_MIN) * wanted);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
};

// What the code in a picture says; nothing when there is none.
export const readCode = async (file) => {
  const [read, canvas] = await Promise.all([load(), drawn(file)]).catch(() => []);
  if (!canvas) return "";
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return read(data, width, height)?.data ?? "";
};
