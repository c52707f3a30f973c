// The first view of a network, applied to the picture in the page before it is shown, and used by
// the canvas. A classic script, because modules are deferred until the page has been parsed.
"use strict";
window.networkView = (() => {
  /** Return the middle of the view: of all of it where it fits, else as close to the centre as it goes. */
  function middle(box, size) {
    const along = (from, length, room) => {
      if (length <= room) return from + length / 2;
      return Math.max(from + room / 2, Math.min(0, from + length - room / 2));
    };
    return { x: along(box.x, box.width, size.width), y: along(box.y, box.height, size.height) };
  }

  const view = document.getElementById("net-view");
  const picture = document.querySelector("#net-picture > svg");
  const { x, y, width, height } = picture.viewBox.baseVal;
  const box = { x, y, width, height };
  const size = () => ({ width: view.clientWidth, height: view.clientHeight });

  function place() {
    const room = size();
    const at = middle(box, room);
    picture.setAttribute("width", room.width);
    picture.setAttribute("height", room.height);
    picture.setAttribute("viewBox", [at.x - room.width / 2, at.y - room.height / 2, room.width, room.height].join(" "));
  }

  /** Make the picture whole again, for paper. */
  function whole() {
    picture.setAttribute("width", width);
    picture.setAttribute("height", height);
    picture.setAttribute("viewBox", [x, y, width, height].join(" "));
  }

  place();
  return { box, size, middle, whole };
})();
