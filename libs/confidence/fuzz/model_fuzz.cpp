// The text of a model comes out of a weights file, which may come from anywhere.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "idi/confidence/confidence.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto model =
      idi::confidence::Model::from_text({reinterpret_cast<const char*>(bytes), size});
  if (!model) return 0;
  idi::confidence::Features ones;
  ones.fill(1);
  const double probability = model->probability(ones);
  if (!(probability >= 0 && probability <= 1)) std::abort();
  const auto again = idi::confidence::Model::from_text(model->to_text());
  if (!again || again->weights != model->weights || again->bias != model->bias) std::abort();
  return 0;
}
