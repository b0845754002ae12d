package dev.kvasir.cache.accesslog;

import java.nio.file.Path;

/**
 * Whether and where there is an access log, and how much of it.
 *
 * @param isOn whether requests are logged
 * @param folder of its files
 * @param fileBytes after which a new file begins
 * @param files kept at most, the one being written included
 */
public record AccessLogRules(boolean isOn, Path folder, long fileBytes, int files) {}
