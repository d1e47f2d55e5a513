const TAKEN = new Set(["image/jpeg", "image/png"]);
const LONGEST = 2560; // pixels of the longer side
const QUALITY = 0.86;

/** The picture as WhatsApp takes it: a JPEG or PNG of at most `largest` bytes, made from what was given if need be. */
export async function sendable(file: File, largest: number): Promise<File> {
  if (TAKEN.has(file.type) && file.size <= largest) return file;
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return file; // the service says what is wrong with it
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d");
  if (!context) return file;
  context.fillStyle = "white"; // a JPEG knows nothing of transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return blob ? new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" }) : file;
}
