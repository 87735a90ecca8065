#include "http/pages.hpp"

// The assembler takes the files as they are; as text they would cost the compiler a minute.
#define POLAR_FLOW_EMBED(name, file)                                                              \
  asm(".section .rodata\n"                                                                        \
      ".global polar_flow_page_" #name "\n"                                                       \
      ".global polar_flow_page_" #name "_end\n"                                                   \
      "polar_flow_page_" #name ":\n"                                                              \
      ".incbin \"" POLAR_FLOW_PAGES_DIR "/" file "\"\n"                                           \
      "polar_flow_page_" #name "_end:\n"                                                          \
      ".byte 0\n"                                                                                 \
      ".previous\n");                                                                             \
  extern "C" const char polar_flow_page_##name[];                                                 \
  extern "C" const char polar_flow_page_##name##_end[]

POLAR_FLOW_EMBED(swagger_html, "swagger.html");
POLAR_FLOW_EMBED(swagger_start_js, "swagger-start.js");
POLAR_FLOW_EMBED(swagger_bundle_js, "swagger-ui/swagger-ui-bundle.js");
POLAR_FLOW_EMBED(swagger_css, "swagger-ui/swagger-ui.css");

namespace polar_flow::http::pages {

std::string_view swagger_html() {
  return {polar_flow_page_swagger_html, polar_flow_page_swagger_html_end};
}

std::string_view swagger_start_js() {
  return {polar_flow_page_swagger_start_js, polar_flow_page_swagger_start_js_end};
}

std::string_view swagger_bundle_js() {
  return {polar_flow_page_swagger_bundle_js, polar_flow_page_swagger_bundle_js_end};
}

std::string_view swagger_css() {
  return {polar_flow_page_swagger_css, polar_flow_page_swagger_css_end};
}

} // namespace polar_flow::http::pages
