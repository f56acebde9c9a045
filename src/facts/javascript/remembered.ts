/** A question about a text that is worked out once for each: origins and names repeat all over a file. Kept as long as the function is. */
export function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    const answer = work(text);
    known.set(text, answer);
    return answer;
  };
}
