// Takes the place of the built page where the program is built without it.
#include "embedded_page.hpp"

namespace idi::cli {

std::vector<api::StaticFile> embedded_page() { return {}; }

}  // namespace idi::cli
