#include "http/answers.hpp"
#include "http/handlers.hpp"
#include "http/openapi.hpp"
#include "http/pages.hpp"
#include "http/routes.hpp"

#include <boost/json/serialize.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;

constexpr std::string_view openapi_json_type = "application/vnd.oai.openapi+json";
constexpr std::string_view openapi_yaml_type = "application/vnd.oai.openapi";
constexpr std::string_view html_type = "text/html; charset=utf-8";
constexpr std::string_view script_type = "text/javascript; charset=utf-8";
constexpr std::string_view style_type = "text/css; charset=utf-8";
/// The same for everybody until the server is another version.
constexpr std::string_view public_revalidate = "public, no-cache";

/// A text that is made once and served as it is.
struct document {
  std::shared_ptr<const std::string> text;
  std::shared_ptr<const std::string> packed;
  std::string entity_tag;

  explicit document(std::string made)
      : text{std::make_shared<const std::string>(std::move(made))},
        packed{std::make_shared<const std::string>(gzip(*text))},
        entity_tag{entity_tag_of(*text)} {
    // nop
  }
};

response answer_document(const call& asked, const document& shown, std::string_view type) {
  response answer;
  answer.body = shown.text;
  if (wants_packed(asked.message, shown.text->size()))
    answer.packed_body = shown.packed;
  answer.entity_tag = shown.entity_tag;
  answer.content_type = type;
  answer.cache_control = public_revalidate;
  return answer;
}

} // namespace

/// GET /schema/openapi.json
awaitable<response> get_openapi_json(services&, const call& asked) {
  static const document made{boost::json::serialize(describe_api(all_routes()))};
  co_return answer_document(asked, made, openapi_json_type);
}

/// GET /schema/openapi.yaml, /schema/openapi.yml
awaitable<response> get_openapi_yaml(services&, const call& asked) {
  static const document made{to_yaml(describe_api(all_routes()))};
  co_return answer_document(asked, made, openapi_yaml_type);
}

/// GET /schema/swagger
awaitable<response> get_swagger(services&, const call& asked) {
  static const document made{std::string{pages::swagger_html()}};
  co_return answer_document(asked, made, html_type);
}

/// GET /schema/swagger-start.js
awaitable<response> get_swagger_start(services&, const call& asked) {
  static const document made{std::string{pages::swagger_start_js()}};
  co_return answer_document(asked, made, script_type);
}

/// GET /schema/swagger-ui-bundle.js
awaitable<response> get_swagger_bundle(services&, const call& asked) {
  static const document made{std::string{pages::swagger_bundle_js()}};
  co_return answer_document(asked, made, script_type);
}

/// GET /schema/swagger-ui.css
awaitable<response> get_swagger_style(services&, const call& asked) {
  static const document made{std::string{pages::swagger_css()}};
  co_return answer_document(asked, made, style_type);
}

/// GET /schema, and the other ways in which 1.5.0 has shown the document
awaitable<response> redirect_to_swagger(services&, const call&) {
  co_return make_redirect("/schema/swagger");
}

} // namespace polar_flow::http
