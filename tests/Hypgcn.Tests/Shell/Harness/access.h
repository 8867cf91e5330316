/* The driver's accesses as transfers of the simulated AXI4-Lite port. */
#ifndef HYPGCN_TEST_ACCESS_H
#define HYPGCN_TEST_ACCESS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint32_t bus_read(volatile void *base, uint32_t offset);
void bus_write(volatile void *base, uint32_t offset, uint32_t value);

#ifdef __cplusplus
}
#endif

#define HYPGCN_READ(base, offset) bus_read(base, offset)
#define HYPGCN_WRITE(base, offset, value) bus_write(base, offset, value)

#endif
