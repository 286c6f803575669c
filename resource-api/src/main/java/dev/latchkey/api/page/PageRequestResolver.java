package dev.latchkey.api.page;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

final class PageRequestResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == PageRequest.class;
    }

    @Override
    public PageRequest resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        // A list that takes more looks at the rest itself.
        if (parameter.getExecutable().getParameterCount() == 1) {
            request.getParameterNames().forEachRemaining(PageRequestResolver::requireKnown);
        }
        return PageRequest.of(once(request, "limit"), once(request, "cursor"));
    }

    private static void requireKnown(String name) {
        if (!PageRequest.PARAMETERS.contains(name)) {
            throw PageRequest.unknown(name, List.of());
        }
    }

    private static @Nullable String once(NativeWebRequest request, String name) {
        String[] values = request.getParameterValues(name);
        if (values != null && values.length > 1) {
            throw new ProblemException(ErrorCode.INVALID_PARAMETER, FieldError.parameter(name, "must be there once"));
        }
        return request.getParameter(name);
    }
}
