async encoded => {
  /* A picture with at most 256 colours: [width, height, palette, indexes], the last two in base64. */
  const bytes = Uint8Array.from(atob(encoded), letter => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  canvas.drawImage(bitmap, 0, 0);
  const pixels = canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
  const counts = new Map();
  for (let i = 0; i < pixels.length; i += 4) {
    const colour = (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2];
    counts.set(colour, (counts.get(colour) || 0) + 1);
  }
  const chosen = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([colour]) => colour);
  const parts = colour => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const palette = chosen.map(parts);
  const nearest = new Map(chosen.map((colour, index) => [colour, index]));
  for (const colour of counts.keys()) {
    if (nearest.has(colour)) continue;
    const [r, g, b] = parts(colour);
    let best = 0, least = Infinity;
    palette.forEach(([pr, pg, pb], index) => {
      const distance = (r - pr) ** 2 + (g - pg) ** 2 + (b - pb) ** 2;
      if (distance < least) [best, least] = [index, distance];
    });
    nearest.set(colour, best);
  }
  const indexes = new Uint8Array(pixels.length / 4);
  for (let i = 0; i < indexes.length; i++) {
    indexes[i] = nearest.get((pixels[4 * i] << 16) | (pixels[4 * i + 1] << 8) | pixels[4 * i + 2]);
  }
  const text = array => {
    let made = '';
    for (let i = 0; i < array.length; i += 8192) made += String.fromCharCode(...array.slice(i, i + 8192));
    return btoa(made);
  };
  return [bitmap.width, bitmap.height, text(Uint8Array.from(palette.flat())), text(indexes)];
}
