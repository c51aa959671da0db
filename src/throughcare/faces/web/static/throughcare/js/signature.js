// A frame to draw a signature in, for a finger, a pen or a mouse. Without script the typed name is enough.
const WIDTH = 600;
const HEIGHT = 200;

function prepare(frame) {
  const canvas = frame.querySelector("canvas");
  const kept = frame.closest("form").querySelector("[name=drawn]");
  const pen = canvas.getContext("2d");
  const strokes = [];
  let stroke = null;
  frame.hidden = false;
  canvas.width = WIDTH;
  canvas.height = HEIGHT;

  function place(event) {
    const box = canvas.getBoundingClientRect();
    const across = Math.round(((event.clientX - box.left) / box.width) * WIDTH);
    const down = Math.round(((event.clientY - box.top) / box.height) * HEIGHT);
    return [Math.min(WIDTH, Math.max(0, across)), Math.min(HEIGHT, Math.max(0, down))];
  }

  function draw() {
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    for (const points of strokes) {
      pen.beginPath();
      points.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.stroke();
    }
    kept.value = strokes
      .filter((points) => points.length > 1)
      .map((points) => points.map(([x, y], n) => `${n ? "L" : "M"}${x} ${y}`).join(" "))
      .join(" ");
  }

  canvas.addEventListener("pointerdown", (event) => {
    stroke = [place(event)];
    strokes.push(stroke);
    canvas.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    stroke.push(place(event));
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      stroke = null;
      draw();
    });
  }
  frame.querySelector("[data-clear]").addEventListener("click", () => {
    strokes.length = 0;
    draw();
  });
}

for (const frame of document.querySelectorAll("[data-signature]")) prepare(frame);
