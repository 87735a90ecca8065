#include "http/answers.hpp"
#include "http/handlers.hpp"
#include "http/import_types.hpp"
#include "http/json_writer.hpp"
#include "http/upload.hpp"

#include <string>
#include <utility>

namespace polar_flow::http {

namespace {

using boost::asio::awaitable;

bool is_uuid(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  if (text.size() != shape.size())
    return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == '-' ? text[i] != '-' : digits.find(text[i]) == digits.npos)
      return false;
  return true;
}

awaitable<response> import_zip(services& available, const call& asked, import_kind kind) {
  auto* file = asked.message.file;
  if (file == nullptr || file->bytes() == 0)
    co_return make_status_response(400, "The zip is missing: send it as the body of the request");
  zip_upload uploaded;
  uploaded.kind = kind;
  uploaded.file = file->name();
  uploaded.zip_bytes = file->bytes();
  uploaded.may_create_user = asked.who.kind != caller_kind::user;
  const auto begun = co_await available.behind.begin_import(asked.user, uploaded);
  if (!begun)
    co_return answer_failure(asked, begun.error());
  file->release();
  std::string url{"/api/v1/users/"};
  url += asked.user.value;
  url += "/import/";
  url += begun->value;
  json_writer out;
  out.begin_object();
  out.member("import_id", begun->value);
  out.member("status", to_string(import_status::queued));
  out.member("status_url", url);
  out.end_object();
  constexpr std::uint16_t accepted = 202;
  auto answer = make_response(accepted, out.take());
  answer.headers.emplace_back("Location", std::move(url));
  co_return answer;
}

awaitable<response> show_import(services& available, const call& asked,
                                std::optional<job_id> import) {
  const auto found = co_await available.behind.get_import(asked.user, import);
  if (!found)
    co_return answer_failure(asked, found.error());
  if (*found == nullptr) {
    const error missing{errc::not_found, import ? "Import not found" : "No import yet"};
    co_return answer_failure(asked, missing);
  }
  co_return make_response(200, to_json(**found));
}

} // namespace

/// POST /api/v1/users/{user_id}/import/polar-flow
awaitable<response> import_polar_flow(services& available, const call& asked) {
  co_return co_await import_zip(available, asked, import_kind::polar_flow);
}

/// POST /api/v1/users/{user_id}/import/takeout
awaitable<response> import_takeout(services& available, const call& asked) {
  co_return co_await import_zip(available, asked, import_kind::takeout);
}

/// GET /api/v1/users/{user_id}/import
awaitable<response> get_newest_import(services& available, const call& asked) {
  co_return co_await show_import(available, asked, std::nullopt);
}

/// GET /api/v1/users/{user_id}/import/{import_id}
awaitable<response> get_import(services& available, const call& asked) {
  job_id import;
  import.value = text_in_path(asked, import_in_path);
  if (!is_uuid(import.value))
    co_return make_status_response(404, "Import not found");
  co_return co_await show_import(available, asked, std::move(import));
}

} // namespace polar_flow::http
