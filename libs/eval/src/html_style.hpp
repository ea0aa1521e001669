// The look of the HTML report: one style sheet, light and dark, desktop and phone.
#pragma once

#include <string_view>

namespace idi::eval {
extern const std::string_view report_style;
}
