#include "tensor_types.hpp"

#include <array>
#include <limits>

namespace idi::gguf {
namespace {

// ggml's type_traits; numbers that are missing were taken out of the format.
constexpr std::array layouts{
    TypeLayout{0, "F32", 1, 4},         TypeLayout{1, "F16", 1, 2},
    TypeLayout{2, "Q4_0", 32, 18},      TypeLayout{3, "Q4_1", 32, 20},
    TypeLayout{6, "Q5_0", 32, 22},      TypeLayout{7, "Q5_1", 32, 24},
    TypeLayout{8, "Q8_0", 32, 34},      TypeLayout{9, "Q8_1", 32, 36},
    TypeLayout{10, "Q2_K", 256, 84},    TypeLayout{11, "Q3_K", 256, 110},
    TypeLayout{12, "Q4_K", 256, 144},   TypeLayout{13, "Q5_K", 256, 176},
    TypeLayout{14, "Q6_K", 256, 210},   TypeLayout{15, "Q8_K", 256, 292},
    TypeLayout{16, "IQ2_XXS", 256, 66}, TypeLayout{17, "IQ2_XS", 256, 74},
    TypeLayout{18, "IQ3_XXS", 256, 98}, TypeLayout{19, "IQ1_S", 256, 50},
    TypeLayout{20, "IQ4_NL", 32, 18},   TypeLayout{21, "IQ3_S", 256, 110},
    TypeLayout{22, "IQ2_S", 256, 82},   TypeLayout{23, "IQ4_XS", 256, 136},
    TypeLayout{24, "I8", 1, 1},         TypeLayout{25, "I16", 1, 2},
    TypeLayout{26, "I32", 1, 4},        TypeLayout{27, "I64", 1, 8},
    TypeLayout{28, "F64", 1, 8},        TypeLayout{29, "IQ1_M", 256, 56},
    TypeLayout{30, "BF16", 1, 2},       TypeLayout{34, "TQ1_0", 256, 54},
    TypeLayout{35, "TQ2_0", 256, 66},   TypeLayout{39, "MXFP4", 32, 17},
};

}  // namespace

const TypeLayout* layout_of(std::uint32_t type) {
  for (const auto& layout : layouts) {
    if (layout.type == type) return &layout;
  }
  return nullptr;
}

std::string type_name(std::uint32_t type) {
  const TypeLayout* layout = layout_of(type);
  return layout ? layout->name : "type " + std::to_string(type);
}

std::optional<std::uint64_t> numbers_in(const std::vector<std::uint64_t>& shape) {
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  std::uint64_t product = 1;
  for (const std::uint64_t size : shape) {
    if (size != 0 && product > most / size) return std::nullopt;
    product *= size;
  }
  return product;
}

}  // namespace idi::gguf
