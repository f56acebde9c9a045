/** Milliseconds that this thread has computed so far: unlike a clock it does not count what else the machine is doing. */
export function cpuMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
