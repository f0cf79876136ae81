// The frame callback runs before its frame is painted, a timer set in it after.
requestAnimationFrame(() => setTimeout(() => performance.mark('painted')));
