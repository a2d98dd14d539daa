// The theme's search finds words that begin as the reader wrote them, but Finnish and Swedish words change at their ends:
// of a long word only the first two thirds are asked for. "keskustelutilaisuudessa" finds "keskustelutilaisuus" too.
const post = Worker.prototype.postMessage;
const QUERY = 2;
Worker.prototype.postMessage = function (message, ...rest) {
  if (message?.type !== QUERY || message.data.includes('"')) return post.call(this, message, ...rest);
  const shorter = (word) => word.slice(0, Math.max(5, Math.ceil((word.length * 2) / 3)));
  return post.call(this, { ...message, data: message.data.replace(/\p{L}{6,}/gu, shorter) }, ...rest);
};
