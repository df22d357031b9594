/**
 * What one run of pgbench on one target gave.
 *
 * @param queriesPerSecond without the time that the first connections take
 * @param cpuMicros processor time of the proxy for each query
 */
record Run(Target target, double queriesPerSecond, double cpuMicros) {}
