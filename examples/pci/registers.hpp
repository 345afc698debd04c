// The configuration registers, bits and capability ids that a reset needs, by the names of their specifications.
// Sources: PCI Local Bus 3.0 section 6, PCI Express Base 6.0 section 7, CXL 3.1 section 8.1, NVM Express Base 2.0.
#pragma once

#include <cstdint>

namespace pci {

// What a read gives when nobody answers it.
template <class Unsigned>
inline constexpr Unsigned all_ones = static_cast<Unsigned>(~Unsigned{0});

inline constexpr std::uint16_t conventional_config_size = 256;
inline constexpr std::uint16_t extended_config_size = 4096;

// Offsets in the header that every function has; `bar` is the first of six (two in a bridge).
namespace header {
inline constexpr std::uint16_t vendor_id = 0x00;
inline constexpr std::uint16_t device_id = 0x02;
inline constexpr std::uint16_t command = 0x04;
inline constexpr std::uint16_t status = 0x06;
inline constexpr std::uint16_t revision_id = 0x08;  // class code: the three bytes above it
inline constexpr std::uint16_t cache_line_size = 0x0c;
inline constexpr std::uint16_t latency_timer = 0x0d;
inline constexpr std::uint16_t header_type = 0x0e;
inline constexpr std::uint16_t bar = 0x10;
inline constexpr std::uint16_t expansion_rom = 0x30;  // 0x38 in a bridge
inline constexpr std::uint16_t capabilities_pointer = 0x34;
inline constexpr std::uint16_t interrupt_line = 0x3c;
inline constexpr std::uint16_t end = 0x40;

inline constexpr std::uint8_t type_mask = 0x7f;
inline constexpr std::uint8_t type_endpoint = 0x00;
inline constexpr std::uint8_t type_bridge = 0x01;
inline constexpr std::uint8_t multi_function = 0x80;
}  // namespace header

namespace command {
inline constexpr std::uint16_t io_space = 1u << 0;
inline constexpr std::uint16_t memory_space = 1u << 1;
inline constexpr std::uint16_t bus_master = 1u << 2;
inline constexpr std::uint16_t interrupt_disable = 1u << 10;  // INTx
}  // namespace command

namespace status {
inline constexpr std::uint16_t capabilities_list = 1u << 4;
}

namespace base_address {
inline constexpr std::uint32_t io = 1u << 0;
inline constexpr std::uint32_t type_mask = 3u << 1;
inline constexpr std::uint32_t type_64_bit = 2u << 1;
inline constexpr std::uint32_t flags_mask = 0xf;
}  // namespace base_address

// In a bridge (header type 1).
namespace bridge {
inline constexpr std::uint16_t primary_bus = 0x18;
inline constexpr std::uint16_t secondary_bus = 0x19;
inline constexpr std::uint16_t subordinate_bus = 0x1a;
inline constexpr std::uint16_t windows = 0x1c;  // up to the capabilities pointer
inline constexpr std::uint16_t expansion_rom = 0x38;
inline constexpr std::uint16_t control = 0x3e;
inline constexpr std::uint16_t secondary_bus_reset = 1u << 6;  // in control
}  // namespace bridge

// Capability ids (PCI Code and ID Assignment, section 2), and what lies in each capability, from its start.
namespace power_management {
inline constexpr std::uint8_t id = 0x01;
inline constexpr std::uint16_t capabilities = 0x02;    // PMC
inline constexpr std::uint16_t pme_d3cold = 1u << 15;  // in capabilities: PME# from D3cold
inline constexpr std::uint16_t control_status = 0x04;  // PMCSR
inline constexpr std::uint16_t power_state_mask = 3u;
inline constexpr std::uint16_t d0 = 0;
inline constexpr std::uint16_t d3hot = 3;
inline constexpr std::uint16_t no_soft_reset = 1u << 3;  // set: going from D3hot to D0 does not reset
inline constexpr std::uint16_t pme_enable = 1u << 8;
}  // namespace power_management

namespace msi {
inline constexpr std::uint8_t id = 0x05;
inline constexpr std::uint16_t flags = 0x02;
inline constexpr std::uint16_t enable = 1u << 0;
inline constexpr std::uint16_t address_64_bit = 1u << 7;
inline constexpr std::uint16_t per_vector_masking = 1u << 8;
inline constexpr std::uint16_t address = 0x04;
}  // namespace msi

namespace express {
inline constexpr std::uint8_t id = 0x10;
inline constexpr std::uint16_t flags = 0x02;
inline constexpr std::uint16_t version_mask = 0xf;  // in flags, as the next ones
inline constexpr std::uint16_t type_mask = 0xf0;    // the port's or device's type
inline constexpr unsigned type_shift = 4;
inline constexpr std::uint16_t root_port = 0x40;
inline constexpr std::uint16_t root_complex_integrated_endpoint = 0x90;
inline constexpr std::uint16_t root_complex_event_collector = 0xa0;
inline constexpr std::uint16_t slot_implemented = 1u << 8;               // in flags
inline constexpr std::uint16_t device_capabilities = 0x04;               // 32 bits
inline constexpr std::uint32_t function_level_reset_capable = 1u << 28;  // in device_capabilities
inline constexpr std::uint16_t device_control = 0x08;
inline constexpr std::uint16_t initiate_function_level_reset = 1u << 15;  // in device_control; reads 0
inline constexpr std::uint16_t device_status = 0x0a;
inline constexpr std::uint16_t transactions_pending = 1u << 5;            // in device_status
inline constexpr std::uint16_t link_capabilities = 0x0c;                  // 32 bits
inline constexpr std::uint32_t link_active_reporting_capable = 1u << 20;  // in link_capabilities
inline constexpr std::uint16_t link_control = 0x10;
inline constexpr std::uint16_t link_status = 0x12;
inline constexpr std::uint16_t link_speed_mask = 0xf;  // in link_status, as the next three
inline constexpr std::uint16_t link_width_mask = 0x3f0;
inline constexpr std::uint16_t link_training = 1u << 11;
inline constexpr std::uint16_t data_link_layer_link_active = 1u << 13;
inline constexpr std::uint16_t slot_capabilities = 0x14;            // 32 bits
inline constexpr std::uint32_t power_controller_present = 1u << 1;  // in slot_capabilities, as the next two
inline constexpr std::uint32_t hot_plug_surprise = 1u << 5;
inline constexpr std::uint32_t hot_plug_capable = 1u << 6;
inline constexpr std::uint16_t slot_control = 0x18;
inline constexpr std::uint16_t presence_detect_changed_enable = 1u << 3;  // in slot_control, as the next two
inline constexpr std::uint16_t hot_plug_interrupt_enable = 1u << 5;
inline constexpr std::uint16_t power_controller_control = 1u << 10;  // set: the slot's power is off
inline constexpr std::uint16_t data_link_layer_state_changed_enable = 1u << 12;
inline constexpr std::uint16_t slot_status = 0x1a;
inline constexpr std::uint16_t presence_detect_changed = 1u << 3;  // in slot_status: cleared by a 1
inline constexpr std::uint16_t presence_detect_state = 1u << 6;    // something is in the slot
inline constexpr std::uint16_t data_link_layer_state_changed = 1u << 8;
inline constexpr std::uint16_t device_control_2 = 0x28;
inline constexpr std::uint16_t link_control_2 = 0x30;
}  // namespace express

namespace msi_x {
inline constexpr std::uint8_t id = 0x11;
inline constexpr std::uint16_t flags = 0x02;
inline constexpr std::uint16_t enable = 1u << 15;
inline constexpr std::uint16_t function_mask = 1u << 14;
}  // namespace msi_x

namespace advanced_features {
inline constexpr std::uint8_t id = 0x13;
inline constexpr std::uint16_t capabilities = 0x03;  // 8 bits
inline constexpr std::uint8_t transactions_pending_capable = 1u << 0;
inline constexpr std::uint8_t function_level_reset_capable = 1u << 1;
inline constexpr std::uint16_t control = 0x04;  // 8 bits
inline constexpr std::uint8_t initiate_function_level_reset = 1u << 0;
inline constexpr std::uint16_t status = 0x05;  // 8 bits
inline constexpr std::uint8_t transactions_pending = 1u << 0;
}  // namespace advanced_features

// Extended capabilities begin at 0x100.
namespace extended {
inline constexpr std::uint16_t start = 0x100;
}

namespace address_translation {  // ATS
inline constexpr std::uint16_t id = 0x0f;
inline constexpr std::uint16_t control = 0x06;
inline constexpr std::uint16_t enable = 1u << 15;
}  // namespace address_translation

namespace page_request {  // PRI
inline constexpr std::uint16_t id = 0x13;
inline constexpr std::uint16_t control = 0x04;
inline constexpr std::uint16_t enable = 1u << 0;
inline constexpr std::uint16_t status = 0x06;
inline constexpr std::uint16_t stopped = 1u << 8;  // in status: no request is outstanding
}  // namespace page_request

namespace process_address_space {  // PASID
inline constexpr std::uint16_t id = 0x1b;
inline constexpr std::uint16_t control = 0x06;
inline constexpr std::uint16_t enable = 1u << 0;
}  // namespace process_address_space

namespace alternative_routing {  // ARI
inline constexpr std::uint16_t id = 0x0e;
}

namespace sr_iov {
inline constexpr std::uint16_t id = 0x10;
inline constexpr std::uint16_t control = 0x08;
inline constexpr std::uint16_t vf_enable = 1u << 0;
inline constexpr std::uint16_t vf_memory_space = 1u << 3;
inline constexpr std::uint16_t total_vfs = 0x0e;
inline constexpr std::uint16_t number_of_vfs = 0x10;
inline constexpr std::uint16_t first_vf_offset = 0x14;
inline constexpr std::uint16_t vf_stride = 0x16;
}  // namespace sr_iov

// Designated Vendor-Specific Extended Capability.
namespace dvsec {
inline constexpr std::uint16_t id = 0x23;
inline constexpr std::uint16_t vendor = 0x04;    // 16 bits
inline constexpr std::uint16_t dvsec_id = 0x08;  // 16 bits
}  // namespace dvsec

// The DVSEC of a CXL port.
namespace cxl_port {
inline constexpr std::uint16_t vendor = 0x1e98;  // of all DVSECs of CXL
inline constexpr std::uint16_t dvsec_id = 3;
inline constexpr std::uint16_t control = 0x0c;
inline constexpr std::uint16_t unmask_sbr = 1u << 0;  // clear: a secondary bus reset does nothing
}  // namespace cxl_port

// The DVSEC of a CXL device, in its Function 0.
namespace cxl_device {
inline constexpr std::uint16_t dvsec_id = 0;
inline constexpr std::uint16_t capability = 0x0a;
inline constexpr std::uint16_t reset_capable = 1u << 7;     // in capability
inline constexpr std::uint16_t reset_timeout_mask = 0x700;  // in capability: 0 to 4 for 10 ms to 100 s
inline constexpr unsigned reset_timeout_shift = 8;
inline constexpr std::uint16_t control_2 = 0x10;
inline constexpr std::uint16_t disable_caching = 1u << 0;       // in control_2, as the next two
inline constexpr std::uint16_t initiate_cxl_reset = 1u << 2;    // reads 0
inline constexpr std::uint16_t reset_mem_clr_enable = 1u << 3;  // clears volatile memory, too
inline constexpr std::uint16_t status_2 = 0x12;
inline constexpr std::uint16_t reset_complete = 1u << 1;  // in status_2, as the next one
inline constexpr std::uint16_t reset_error = 1u << 2;
}  // namespace cxl_device

// The DVSEC, in Function 0, that says which functions of a CXL device take no part in CXL.cache and CXL.mem.
namespace non_cxl_function_map {
inline constexpr std::uint16_t dvsec_id = 2;
inline constexpr std::uint16_t map = 0x0c;  // the first of eight registers of 32 bits
inline constexpr unsigned registers = 8;
}  // namespace non_cxl_function_map

// Registers behind BAR 0 of an NVMe controller.
namespace nvme {
inline constexpr std::uint32_t class_code = 0x010802;
inline constexpr std::uint32_t cap = 0x00;         // Controller Capabilities, the low half
inline constexpr unsigned cap_timeout_shift = 24;  // bits 31:24, in units of 500 ms
inline constexpr std::uint32_t cc = 0x14;          // Controller Configuration
inline constexpr std::uint32_t cc_enable = 1u << 0;
inline constexpr std::uint32_t cc_shutdown = 3u << 14;
inline constexpr std::uint32_t csts = 0x1c;  // Controller Status
inline constexpr std::uint32_t csts_ready = 1u << 0;
inline constexpr std::uint32_t csts_fatal = 1u << 1;
}  // namespace nvme

}  // namespace pci
