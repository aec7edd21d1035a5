// The most floating-point operations that one core can do: what "share of the peak" in `duet bench` is a share of.
//
// The loop multiplies and adds on registers alone, in as many independent chains as hide the latency of an
// instruction, so nothing but the arithmetic units limits it. The caller takes the time. Any thread; keeps nothing.
// Only an isa for which ck_supported answered 1.
#pragma once

/// Runs `rounds` rounds of multiply-adds and returns how many floating-point operations that were (a multiply-add is
/// two). AVX2 and AVX-512 use fused multiply-adds; the portable loop is whatever the compiler makes of plain C for
/// any processor of this architecture. `sink` receives one number that depends on all of them.
double ck_peak(int isa, long rounds, float *sink);
