/** Traces and graphs in the forms that other tools read. */
package dev.kstack.checks.export;
